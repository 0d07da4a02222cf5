"""A class played from release to feedback: shows an author or instructor the whole loop on invented learners."""
