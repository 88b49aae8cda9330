package dev.trivium.execution;

import java.util.Arrays;
import java.util.List;

/// Numbers for a fixed list of names, found from their bytes: nothing has to become a `String` to
/// be looked up.
final class NameTable {

    static final int UNKNOWN = -1;

    private final byte[][] names;

    /// Open addressing, at most half full.
    private final int[] table;

    NameTable(List<String> names) {
        this.names = names.stream().map(JsonText::quoted).toArray(byte[][]::new);
        this.table = new int[Math.max(8, Integer.highestOneBit(names.size()) * 4)];
        Arrays.fill(table, UNKNOWN);
        for (int number = 0; number < this.names.length; number++) {
            byte[] quoted = this.names[number];
            int at = hash(quoted, 0, quoted.length) & (table.length - 1);
            while (table[at] != UNKNOWN) {
                at = (at + 1) & (table.length - 1);
            }
            table[at] = number;
        }
    }

    /// The number of the name in quotes that stands somewhere, or {@link #UNKNOWN}.
    int number(byte[] bytes, int from, int length) {
        int at = hash(bytes, from, length) & (table.length - 1);
        while (table[at] != UNKNOWN) {
            if (isAt(table[at], bytes, from, length)) {
                return table[at];
            }
            at = (at + 1) & (table.length - 1);
        }
        return UNKNOWN;
    }

    /// Whether a name stands somewhere, in quotes.
    boolean isAt(int number, byte[] bytes, int from, int length) {
        byte[] quoted = names[number];
        return Arrays.equals(bytes, from, from + length, quoted, 0, quoted.length);
    }

    /// A name in quotes.
    byte[] json(int number) {
        return names[number];
    }

    private static int hash(byte[] bytes, int from, int length) {
        int hash = length;
        for (int i = from; i < from + length; i++) {
            hash = 31 * hash + bytes[i];
        }
        return hash ^ (hash >>> 15);
    }
}
