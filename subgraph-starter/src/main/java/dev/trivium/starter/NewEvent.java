package dev.trivium.starter;

/// An event that a service is about to record together with a change of an aggregate.
///
/// @param payload a record that JSON can show; its components are the payload's fields
public record NewEvent(String type, int schemaVersion, Object payload) {}
