"""Google's voice: what goes to the service, what comes back, and how patient to be with it."""
