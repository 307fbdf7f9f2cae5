"""Journeys of migrant workers: joining, placements, money, extension, return, family, matters, lists."""
