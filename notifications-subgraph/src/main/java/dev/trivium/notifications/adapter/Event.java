package dev.trivium.notifications.adapter;

/// An event as this subgraph knows one: by id only.
record Event(String id) {}
