"""Unit (no database), integration (both databases), faults, browser stories, sweeps over the product."""
