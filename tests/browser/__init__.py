"""What the tests in a real browser share: Chromium, JupyterLab, the site, axe-core."""
