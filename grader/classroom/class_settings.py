"""Settings of this class for nbgrader and the formgrader. Yours to change: `python -m grader init` leaves it alone."""

import os

from grader.classroom.pages import TEMPLATES

c = get_config()  # noqa: F821  (nbgrader gives this file the function)

# The class is the folder that this file is in. Start JupyterLab in this folder for the formgrader.
c.CourseDirectory.root = os.path.dirname(os.path.abspath(__file__))
c.CourseDirectory.course_id = "dlbasic"

# A submission is repaired where nbgrader would only drop copied cells, and stop at what it cannot read.
c.Autograde.sanitize_preprocessors = [
    "nbgrader.preprocessors.ClearOutput",
    "grader.classroom.preprocessors.RepairSubmission",
    "nbgrader.preprocessors.OverwriteKernelspec",
    "nbgrader.preprocessors.OverwriteCells",
    "nbgrader.preprocessors.CheckCellMetadata",
]
c.OverwriteCells.add_missing_cells = True

# Learners' cells run in a sandbox and the tests outside of it; then they are scored. A warning on stderr costs nothing.
c.Autograde.autograde_preprocessors = [
    "grader.classroom.execute.RunSubmission",
    "grader.classroom.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
]
c.RunSubmission.timeout = 180  # seconds for one cell: a check and a hidden test that both train take a minute or so
c.RunSubmission.budget = 600  # seconds for one submission
c.RunSubmission.memory = 2048  # MiB for one submission

# Feedback without hidden tests, with a summary on top.
c.GenerateFeedback.preprocessors = [
    "nbgrader.preprocessors.GetGrades",
    "grader.classroom.pages.PrepareFeedback",
]
c.GenerateFeedback.HTMLExporter.template_name = "dlbasic"
c.GenerateFeedback.HTMLExporter.extra_template_basedirs = [TEMPLATES]

# The formgrader shows what learners wrote and displayed without scripts, links, forms and anything from elsewhere.
c.HTMLExporter.preprocessors = ["grader.wall.safe.page.SafePage"]
c.HTMLExporter.filters = {"markdown2html": "grader.wall.safe.page.markdown2html"}
c.GenerateFeedback.HTMLExporter.preprocessors = []  # PrepareFeedback does as much

# `nbgrader zip_collect` takes what `dlbasic submit` writes, STUDENT__CHAPTER__TIME.zip, and notebooks that are named
# STUDENT__CHAPTER.ipynb. (`python -m grader collect` does the same with fewer steps.)
c.FileNameCollectorPlugin.named_regexp = (
    r".*[/\\](?P<student_id>[^/\\]+?)__"
    r"(?:[^/\\]+?__(?P<timestamp>\d{8}T\d{6}Z)[^/\\]*[/\\](?:.*[/\\])?)?"
    r"(?P<file_id>[^/\\]+)\.ipynb$"
)
