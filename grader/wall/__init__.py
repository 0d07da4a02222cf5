"""Grading behind a wall: learner code in a sandbox, tests in a judge, plain values between. For any nbgrader course."""
