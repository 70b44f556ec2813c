//! Races, faults and secrets.
