package dev.trivium.composition;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Lists of names in messages.
final class Names {
    private static final int SHOWN = 8;

    private Names() {}

    /// `subgraph "a"`, `subgraphs "a", "b" and "c"`.
    static String subgraphs(Collection<String> names) {
        return (names.size() == 1 ? "subgraph " : "subgraphs ") + list(names);
    }

    /// `"a", "b" and "c"`; long lists are cut.
    static String list(Collection<String> names) {
        List<String> quoted = new ArrayList<>();
        for (String name : names) {
            if (quoted.size() == SHOWN && names.size() > SHOWN + 1) {
                quoted.add((names.size() - SHOWN) + " more");
                break;
            }
            quoted.add("\"" + name + "\"");
        }
        if (quoted.size() < 2) {
            return String.join("", quoted);
        }
        String last = quoted.removeLast();
        return String.join(", ", quoted) + " and " + last;
    }
}
