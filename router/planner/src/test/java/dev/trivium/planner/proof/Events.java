package dev.trivium.planner.proof;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/// The events of a subscription, known beforehand, handed over on the caller's thread.
///
/// @param <T> what an event is
record Events<T>(List<T> events) implements Publisher<T> {

    @Override
    public void subscribe(Subscriber<? super T> subscriber) {
        Queue<T> rest = new ArrayDeque<>(events);
        subscriber.onSubscribe(
                new Subscription() {
                    private boolean ended;

                    @Override
                    public void request(long count) {
                        for (long i = 0; i < count && !rest.isEmpty(); i++) {
                            subscriber.onNext(rest.remove());
                        }
                        if (rest.isEmpty() && !ended) {
                            ended = true;
                            subscriber.onComplete();
                        }
                    }

                    @Override
                    public void cancel() {
                        rest.clear();
                    }
                });
    }

    /// All events of a publisher that hands them over at once.
    static <T> List<T> of(Publisher<T> publisher) {
        List<T> all = new ArrayList<>();
        publisher.subscribe(
                new Subscriber<>() {
                    @Override
                    public void onSubscribe(Subscription subscription) {
                        subscription.request(Long.MAX_VALUE);
                    }

                    @Override
                    public void onNext(T event) {
                        all.add(event);
                    }

                    @Override
                    public void onError(Throwable failure) {
                        throw new AssertionError(failure);
                    }

                    @Override
                    public void onComplete() {}
                });
        return all;
    }
}
