package dev.trivium.notifications.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NotificationsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final NotificationPage ALL = new NotificationPage(null, 100, false);

    private final List<Notification> announced = new ArrayList<>();
    private final Notifications notifications =
            new Notifications(
                    new FakeNotificationStore(), announced::add, Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void aNewUserIsWelcomedByName() {
        notifications.welcome("news-1", "ada", "Ada");
        assertThat(notifications.list("ada", ALL))
                .containsExactly(
                        new Notification(
                                "news-1:ada",
                                "ada",
                                NotificationKind.WELCOME,
                                "Welcome to Trivium, Ada!",
                                null,
                                NOW,
                                null));
    }

    @Test
    void aNewEventIsConfirmedToItsCreator() {
        notifications.confirmEvent("news-1", "ada", "opera", "Opera");
        Notification found = notifications.list("ada", ALL).getFirst();
        assertThat(found.kind()).isEqualTo(NotificationKind.EVENT_CREATED);
        assertThat(found.eventId()).isEqualTo("opera");
        assertThat(found.text()).contains("Opera");
    }

    @Test
    void newsThatComesTwiceIsToldOnce() {
        notifications.confirmEvent("news-1", "ada", "opera", "Opera");
        notifications.confirmEvent("news-1", "ada", "opera", "Opera");
        notifications.confirmEvent("news-2", "ada", "opera", "Opera");
        assertThat(notifications.list("ada", ALL)).hasSize(2);
    }

    @Test
    void whatIsStoredIsAnnouncedAndMayBeAnnouncedAgain() {
        notifications.welcome("news-1", "ada", "Ada");
        notifications.welcome("news-1", "ada", "Ada Lovelace");
        Notification stored = notifications.list("ada", ALL).getFirst();
        assertThat(announced).containsExactly(stored, stored);
    }

    @Test
    void onlyTheRecipientFindsCountsAndReads() {
        notifications.welcome("news-1", "ada", "Ada");
        String id = "news-1:ada";
        assertThat(notifications.find("ada", Set.of(id))).hasSize(1);
        assertThat(notifications.find("bob", Set.of(id))).isEmpty();
        assertThat(notifications.list("bob", ALL)).isEmpty();
        assertThat(notifications.countUnread("bob")).isZero();
        assertThat(notifications.markRead("bob", id)).isEmpty();
        assertThat(notifications.countUnread("ada")).isEqualTo(1);

        assertThat(notifications.markRead("ada", id).map(Notification::readAt)).contains(NOW);
        assertThat(notifications.countUnread("ada")).isZero();
        assertThat(notifications.list("ada", new NotificationPage(null, 100, true)))
                .isEqualTo(List.of());
    }
}
