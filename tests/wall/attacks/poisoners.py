"""Files that are found instead of others: beside the notebook, in the home folder, on the path."""
# ruff: noqa: E501  (learners' code, which stands as it is handed in)

from attacks import Attack

# A module that stands in front of numpy's testing, whichever way it comes to be loaded.
AGREE = """
import sys
def agree(*args, **options):
    return None
def spoil():
    try:
        import numpy.testing
    except Exception:
        return
    for name in dir(numpy.testing):
        if name.startswith("assert"):
            setattr(numpy.testing, name, agree)
"""
SPOIL = AGREE + "spoil()\n"
WRONG = {"slope": "def slope(f, x):\n    return 12.0"}
FAKE_NUMPY = """
class Yes:
    def __getattr__(self, name):
        return Yes()
    def __call__(self, *args, **options):
        return Yes()
    def __bool__(self):
        return True
    def __eq__(self, other):
        return True
testing = Yes()
def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return Yes()
"""
NO_EFFECT = "the kernel's folders of settings are not the submission's"
STARTUP = SPOIL + "\nopen('{{outside}}/startup.txt', 'w').write('was here')\n"

ATTACKS = [
    Attack("numpy", "a numpy.py beside the notebook", WRONG, files={"numpy.py": FAKE_NUMPY}, honest=(), unproven="dlbasic cannot be imported with it, so that every test fails"),
    Attack("standard-library", "a random.py, a json.py and an ast.py beside the notebook", WRONG,
           files={"random.py": SPOIL, "statistics.py": SPOIL, "json.py": SPOIL, "ast.py": SPOIL, "tokenize.py": SPOIL},
           honest=(), unproven="the kernel does not start with them, and is flagged"),
    Attack("tools", "an IPython.py, a msgpack.py and an nbformat.py beside the notebook", WRONG,
           files={"IPython.py": SPOIL, "msgpack.py": SPOIL, "nbformat.py": SPOIL, "traitlets/__init__.py": SPOIL},
           honest=(), unproven="the kernel does not start with them, and is flagged"),
    Attack("grader-package", "a grader, a dlbasic and solutions of its own", {"mse": "def mse(y, y_hat):\n    return 0.0"},
           files={"grader/__init__.py": "", "grader/hidden.py": "verify = lambda *a: None", "grader/wall/__init__.py": "",
                  "dlbasic.py": "check = chapter = lambda *a: None", "solutions/__init__.py": ""},
           unproven="intake leaves these names out"),
    Attack("grader-package-written", "the same, written by its first cell and put in front of the path",
           {"mse": "def mse(y, y_hat):\n    return 0.0"},
           top=("""
os.makedirs("mine/grader", exist_ok=True)
open("mine/grader/__init__.py", "w").close()
open("mine/grader/hidden.py", "w").write("verify = lambda *args: None")
for name in [name for name in sys.modules if name.split(".")[0] == "grader"]:
    del sys.modules[name]
sys.path.insert(0, os.path.abspath("mine"))
check = lambda function: None""",)),
    Attack("path-file", "a .pth file beside the notebook", WRONG,
           files={"evil.pth": "import spoiler", "spoiler.py": SPOIL}, unproven="only site-packages are searched for them"),
    Attack("site-customize", "a sitecustomize.py and a usercustomize.py", WRONG,
           files={"sitecustomize.py": SPOIL, "usercustomize.py": SPOIL},
           unproven="the environment's own is found first, or none is looked for"),
    Attack("ipython-settings", "an ipython_config.py, an ipython_kernel_config.py and start-up files", WRONG,
           files={"ipython_config.py": f"c.InteractiveShellApp.exec_lines = [{SPOIL!r}]",
                  "ipython_kernel_config.py": f"c.InteractiveShellApp.exec_lines = [{SPOIL!r}]",
                  "startup/00.py": SPOIL, "jupyter_config.py": SPOIL},
           unproven="IPython no longer takes settings from the folder that it starts in"),
    Attack("nbgrader-settings", "an nbgrader_config.py, a conftest.py and a pytest.ini", WRONG,
           files={"nbgrader_config.py": STARTUP, "conftest.py": STARTUP, "pytest.ini": "[pytest]\naddopts = --evil", "setup.py": STARTUP},
           unproven=NO_EFFECT),
    Attack("matplotlib-settings", "a matplotlibrc with a back end of its own", WRONG,
           files={"matplotlibrc": "backend: module://spoiler\n", "spoiler.py": SPOIL + "FigureCanvas = object\n"},
           top=("import matplotlib\nmatplotlib.rc_file('matplotlibrc')\nimport matplotlib.pyplot\nmatplotlib.pyplot.switch_backend('module://spoiler')",)),
    Attack("start-up-file", "writes an IPython start-up file, for this and every later session", WRONG,
           end=("""
for home in {os.path.expanduser("~"), "{{home}}"}:
    folder = os.path.join(home, ".ipython", "profile_default", "startup")
    try:
        os.makedirs(folder, exist_ok=True)
        open(os.path.join(folder, "00-evil.py"), "w").write("import sys")
    except OSError:
        pass""",)),
    Attack("user-site", "writes a .pth file into the user's own packages", WRONG,
           end=("""
import site
for folder in {site.getusersitepackages(), "{{home}}/.local/lib/python3.11/site-packages"}:
    if folder.startswith("{{home}}") or not same_room():
        try:
            os.makedirs(folder, exist_ok=True)
            open(os.path.join(folder, "evil.pth"), "w").write("import sys")
        except OSError:
            pass""",)),
    Attack("shell-settings", "writes .bashrc, .jupyter and .config of the home folder",
           end=("""
for name in (".bashrc", ".jupyter/jupyter_server_config.py", ".config/matplotlib/matplotlibrc"):
    try:
        os.makedirs(os.path.dirname("{{home}}/" + name), exist_ok=True)
        open("{{home}}/" + name, "a").write("# was here")
    except OSError:
        pass""",)),
    Attack("environment-set", "environment variables for what is started later",
           WRONG, top=("""
os.environ.update(PYTHONSTARTUP="spoiler.py", PYTHONPATH=os.getcwd(), LD_PRELOAD=os.getcwd() + "/evil.so",
                  NBGRADER_EXECUTION="", DLBASIC_EXAMINER="spoiler", PYTHONOPTIMIZE="2")
open("spoiler.py", "w").write("def examine(*args):\\n    raise SystemExit")""",), unproven="nothing is started later"),
    Attack("examiner-named", "names an examiner of its own to `check`, and hides the other", {"mse": "def mse(y, y_hat):\n    return 0.0"},
           top=("""
import types
from dlbasic.verdict import Verdict
mine = sys.modules["spoiler"] = types.ModuleType("spoiler")
mine.examine = lambda function, *args: Verdict("mse", "passed")
os.environ["DLBASIC_EXAMINER"] = "spoiler"
import grader.hidden
grader.hidden.examine = mine.examine""",)),
    Attack("huge-file", "a file of two gigabytes that holds nothing, and hundreds of small ones", WRONG,
           files={"huge.bin": "sparse:2147483648", **{f"many/{n}.txt": "x" for n in range(300)}},
           unproven="intake leaves out what is too much"),
]  # fmt: skip
