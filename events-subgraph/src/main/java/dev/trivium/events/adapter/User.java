package dev.trivium.events.adapter;

/// A user as this subgraph knows one: by id only.
record User(String id) {}
