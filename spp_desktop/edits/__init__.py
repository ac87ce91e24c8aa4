"""What a person can do to a plan: one verb, one function, the session first. No verb commits."""
