package dev.trivium.execution;

import dev.trivium.execution.InputReader.Problem;
import java.util.ArrayList;
import java.util.List;

/// The variables of one request: slices of what the client sent.
final class VariableValues {

    private final VariablePlan plan;
    private final byte[] json;
    private final long[] cells;
    private final List<Problem> problems = new ArrayList<>();

    private VariableValues(VariablePlan plan, byte[] json) {
        this.plan = plan;
        this.json = json;
        this.cells = new long[plan.count()];
    }

    /// Coerces the variables of a request. What it sends beyond those of the operation is ignored.
    static VariableValues read(VariablePlan plan, RequestInput input) {
        VariableValues values = new VariableValues(plan, input.json());
        int end = input.offset() + input.length();
        if (end > Cell.MAX_BUFFER_LENGTH) {
            values.problems.add(new Problem("variables", "The variables are too large."));
            return values;
        }
        try {
            values.read(new JsonReader(input.json(), input.offset(), end), input.length());
        } catch (MalformedJson _) {
            values.problems.clear();
            values.problems.add(new Problem("variables", "The variables are no JSON object."));
            return values;
        }
        values.checkMissing();
        return values;
    }

    /// What is wrong with them; if anything is, nothing may be executed.
    List<Problem> problems() {
        return problems;
    }

    private void read(JsonReader in, int length) throws MalformedJson {
        if (length == 0) {
            return;
        }
        if (in.peek() == 'n') {
            in.skipValue(0);
            in.expectEnd();
            return;
        }
        in.expect('{');
        InputReader values = new InputReader(in);
        if (!in.skipIf('}')) {
            do {
                variable(in, values);
            } while (in.next('}'));
        }
        in.expectEnd();
        problems.addAll(values.problems());
    }

    private void variable(JsonReader in, InputReader values) throws MalformedJson {
        in.peek();
        int from = in.position;
        in.skipString();
        String name = JsonText.unquoted(in.bytes, from, in.position);
        in.expect(':');
        int number = plan.find(name);
        if (number < 0) {
            in.skipValue(1);
            return;
        }
        if (cells[number] != Cell.ABSENT) {
            problems.add(new Problem(name, "Variable \"$" + name + "\" is given twice."));
        }
        in.peek();
        int start = in.position;
        int tag = values.read(name, plan.at(number).type(), 1);
        cells[number] = Cell.slice(tag, 0, start, in.position - start);
    }

    private void checkMissing() {
        for (int i = 0; i < cells.length; i++) {
            VariablePlan.Variable variable = plan.at(i);
            if (cells[i] == Cell.ABSENT
                    && variable.defaultJson() == null
                    && variable.type() instanceof InputType.NonNull) {
                String name = variable.name();
                problems.add(new Problem(name, "Variable \"$" + name + "\" is required."));
            }
        }
    }

    /// Whether a variable has a value, be it null.
    boolean isGiven(int number) {
        return cells[number] != Cell.ABSENT || plan.at(number).defaultJson() != null;
    }

    /// Whether a variable is true.
    boolean isTrue(int number) {
        if (cells[number] != Cell.ABSENT) {
            return Cell.tag(cells[number]) == Cell.TRUE;
        }
        byte[] defaultJson = plan.at(number).defaultJson();
        return defaultJson != null && defaultJson[0] == 't';
    }

    /// Makes sure that a variable, which a condition uses, is true or false.
    void checkBoolean(int number) {
        int tag = Cell.tag(cells[number]);
        VariablePlan.Variable variable = plan.at(number);
        boolean decided =
                tag == Cell.TRUE
                        || tag == Cell.FALSE
                        || (tag == Cell.TAG_ABSENT && variable.defaultJson() != null);
        if (!decided && problems.isEmpty()) {
            String name = variable.name();
            problems.add(new Problem(name, "Variable \"$" + name + "\" must not be null here."));
        }
    }

    /// Appends `"name":value` for a variable that is given.
    void write(int number, JsonBuffer out) {
        VariablePlan.Variable variable = plan.at(number);
        out.append(variable.key());
        long cell = cells[number];
        if (cell != Cell.ABSENT) {
            out.append(json, Cell.offset(cell), Cell.length(cell));
        } else if (variable.defaultJson() != null) {
            out.append(variable.defaultJson());
        }
    }
}
