"""Grading inside this process: its warm sandbox serves all tests, while worker processes would each start their own."""

from concurrent.futures import ThreadPoolExecutor

from grader.classroom import grade as grading

EXECUTOR = ThreadPoolExecutor(2, thread_name_prefix="grade")


def grade(directory, chapters=(), **options):
    return grading.grade(directory, chapters, executor=EXECUTOR, **options)
