import subprocess
import sys

CODE = """
import ctypes
from openslate.models.stray_words import to_stderr
C = ctypes.CDLL(None)
print("before")
with to_stderr():
    C.puts(b"from C")
    print("from Python", flush=True)
C.puts(b"C again")
C.fflush(None)
print("after")
"""


def test_what_libraries_print_goes_to_stderr_and_stdout_comes_back() -> None:
    found = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
    assert found.stdout == "before\nC again\nafter\n"
    assert sorted(found.stderr.splitlines()) == ["from C", "from Python"]
