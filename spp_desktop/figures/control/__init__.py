"""Control charts: has the process changed, and can it do the job."""
