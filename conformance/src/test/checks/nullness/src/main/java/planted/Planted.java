package planted;

final class Planted {
    static String nothing() {
        return null;
    }
}
