package dev.trivium.server.events;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.WebSocketClient;

/// What the subscriptions of one event loop share. Made by {@link EventSources#onLoop}.
///
/// @param http a client that only this loop uses, and only for events: they occupy connections for
///   long
/// @param webSockets a client that only this loop uses
public record EventLoop(
        Vertx vertx, Context context, HttpClient http, WebSocketClient webSockets) {}
