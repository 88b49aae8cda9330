package planted;

final class Planted {
    static boolean same(Integer a, Integer b) {
        return a == b;
    }
}
