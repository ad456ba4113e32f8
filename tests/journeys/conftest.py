"""The demo region, for tests that walk the whole way."""

from tests.demo_region import client_of, in_region, region, region_database

__all__ = ["client_of", "in_region", "region", "region_database"]
