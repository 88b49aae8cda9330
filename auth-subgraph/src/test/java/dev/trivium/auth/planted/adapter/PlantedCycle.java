package dev.trivium.auth.planted.adapter;

import dev.trivium.auth.planted.domain.PlantedDependency;

/// An adapter that a domain class knows in turn.
public interface PlantedCycle {
    PlantedDependency dependency();
}
