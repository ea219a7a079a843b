"""`openslate --help`, from pressing return to the prompt: goal under 0.3 s."""

import statistics
import subprocess
import sys
import time
from pathlib import Path

GOAL = 0.3
ROUNDS = 15


def main() -> None:
    """Start the command afresh each time, once unmeasured."""
    command = [str(Path(sys.executable).parent / "openslate"), "--help"]
    bare = [sys.executable, "-c", "pass"]
    seconds: dict[str, list[float]] = {"openslate --help": [], "python -c pass": []}
    for round_number in range(ROUNDS + 1):
        for name, arguments in zip(seconds, (command, bare), strict=True):
            started = time.perf_counter()
            subprocess.run(arguments, stdout=subprocess.DEVNULL, check=True)
            if round_number:
                seconds[name].append(time.perf_counter() - started)
    for name, taken in seconds.items():
        print(f"{name}: median {statistics.median(taken):.3f} s of {ROUNDS}, worst {max(taken):.3f} s")
    print(f"goal: under {GOAL} s")


if __name__ == "__main__":
    main()
