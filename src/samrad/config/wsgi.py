import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samrad.config.settings")
application = get_wsgi_application()
list(get_resolver().url_patterns)  # loads every page
# What is loaded now lives as long as the process: the garbage collector need not look through it on every large page,
# and a page of hundreds of rows need not be looked through some twenty times while it is made.
gc.collect()
gc.freeze()
gc.set_threshold(100_000, 20, 50)
