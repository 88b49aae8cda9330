package dev.trivium.auth.planted.domain;

import dev.trivium.auth.planted.adapter.PlantedCycle;
import org.springframework.data.mongodb.core.MongoOperations;

/// A domain class that knows Spring and an adapter.
public record PlantedDependency(MongoOperations mongo, PlantedCycle adapter) {}
