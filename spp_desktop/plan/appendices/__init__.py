"""The appendices of a plan and the registers beside them, each a module of declarations."""
