"""Side-by-side measurements of the portal: `.venv/bin/python -m benchmarks`. See README.md there."""
