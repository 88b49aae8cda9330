package planted;

import java.util.List;

final class Planted {
    static List<String> unchecked(Object value) {
        return (List<String>) value;
    }
}
