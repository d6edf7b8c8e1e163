"""Sphinx's settings for the site; `python3 course.py site` stages the pages and builds.

The pages are read from _build/pages, see utils/authoring/site.py. Nothing is executed
and nothing is loaded from another host: the site works from file:// without a network.
"""

import hashlib
import importlib.util
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

project = "Deep learning companion"
author = "the authors of the deep-learning companion"
project_copyright = "the authors. Code: MIT. Texts and figures: CC BY 4.0."
language = "en"
smartquotes = False  # quotes and dashes as the notebooks and docstrings write them
extensions = ["myst_nb", "sphinx.ext.mathjax", "utils.authoring.site_terms"]
extensions += ["utils.authoring.site_access"]
# A changed glossary changes the links of every page.
glossary_digest = hashlib.sha256((HERE / "glossary.md").read_bytes()).hexdigest()

# Notebooks: what is stored is what is shown.
nb_execution_mode = "off"
nb_merge_streams = True
myst_enable_extensions = ["amsmath", "colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3
# In our text cells these are text, for example a line that begins with "% of all".
myst_disable_syntax = ["myst_line_comment", "myst_block_break", "myst_target"]

# Mathematics: of the package only the one file that needs no other, not even a font.
_package = importlib.util.find_spec("sphinx-mathjax-offline")
_mathjax = Path(_package.submodule_search_locations[0], "static", "mathjax")
html_static_path = ["_static", str(_mathjax / "tex-svg.js")]
mathjax_path = "tex-svg.js"
mathjax3_config = {
    # Without the menu a formula is no stop of the Tab key.
    "options": {"enableMenu": False},
    "svg": {"fontCache": "global"},
}

html_theme = "furo"
templates_path = ["_templates"]
html_title = project
html_short_title = project
html_css_files = ["site.css"]
html_js_files = [("site.js", {"defer": "defer"})]
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
# The summaries would be fetched, which browsers refuse for file://.
html_show_search_summary = False
# The search finds every function and term; an index would be a third way.
html_use_index = False
html_domain_indices = False
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"
html_theme_options = {
    "navigation_with_keys": True,
    "top_of_page_buttons": [],
    "light_css_variables": {
        "color-brand-primary": "#0b5394",
        "color-brand-content": "#0b5394",
        "color-brand-visited": "#5b3a86",
    },
    "dark_css_variables": {
        "color-brand-primary": "#8cc4ff",
        "color-brand-content": "#8cc4ff",
        "color-brand-visited": "#c9a6ff",
    },
}

# Reference pages: one argument a line if the signature is long.
add_module_names = False
python_maximum_signature_line_length = 66
toc_object_entries_show_parents = "hide"
