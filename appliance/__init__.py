"""Vigie: watches a dental practice's network and cuts its uplink on command."""
