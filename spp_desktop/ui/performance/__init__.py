"""The performance plan: indicators judged, and all of one."""
