"""Drivers for an OpenStack without hypervisors, agents and storage: objects exist in the databases only."""
