"""AVRR Desktop: administrative assistance to voluntary returnees, recorded offline."""

__version__ = "0.3.0"
BUILD_DATE = "2026-11-30"
