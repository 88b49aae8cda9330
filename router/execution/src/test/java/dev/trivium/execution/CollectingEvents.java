package dev.trivium.execution;

/// Keeps what a client would get of a subscription.
final class CollectingEvents extends CollectingSink implements ClientSink.Events {

    boolean completed;

    @Override
    public void completed() {
        completed = true;
    }
}
