package dev.trivium.benchmarks.gateways;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/// A shop of the size that the public gateway benchmarks have (six users, nine products, eleven
/// reviews), and a thousand parts. Objects are maps with a `__typename`; a value may be a function
/// of the object.
final class ShopData {
    static final int PARTS = 1_000;

    private static final String[] NAMES = {
        "Ada Lovelace",
        "Alan Turing",
        "Grace Hopper",
        "Edsger Dijkstra",
        "Barbara Liskov",
        "Tony Hoare"
    };
    private static final String[] PRODUCTS = {
        "Table of solid oak",
        "Couch for two",
        "Glass, set of six",
        "Chair with armrests",
        "Television, 50 inches",
        "Lamp",
        "Grill",
        "Fridge",
        "Sofa"
    };
    private static final String[] BODIES = {
        "Love it! It came in time, and the parcel was not even dented.",
        "Too expensive, and the colour is not that of the picture.",
        "Could be better, though it does what it says on the box.",
        "I would prefer something else the next time I move."
    };

    private static final int REVIEWS = 11;

    /// The fields of `Query`.
    final Map<String, Object> root = object("Query");

    /// By type and key, `User:1`.
    final Map<String, Map<String, Object>> entities = new LinkedHashMap<>();

    ShopData() {
        var users = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < NAMES.length; i++) {
            users.add(user(i));
        }
        var products = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < PRODUCTS.length; i++) {
            products.add(product(i));
        }
        // Few write, and of few things, so that the deep operation meets the same again and again.
        for (int i = 0; i < REVIEWS; i++) {
            review(i, users.get(i == 2 || i == 3 ? 1 : 0), products.get(i * i % 5));
        }
        var parts = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < PARTS; i++) {
            parts.add(part(i));
        }
        root.put("me", users.getFirst());
        root.put("users", users);
        root.put("topProducts", products);
        root.put("parts", parts);
    }

    private Map<String, Object> user(int number) {
        var user = entity("User", "id", number + 1);
        user.put("name", NAMES[number]);
        user.put("username", NAMES[number].toLowerCase(Locale.ROOT).replace(' ', '.'));
        user.put("birthday", "19%02d-05-01".formatted(number));
        user.put("reviews", new ArrayList<Map<String, Object>>());
        Function<Map<?, ?>, Object> count = it -> reviews(it).size();
        user.put("numberOfReviews", count);
        return user;
    }

    private Map<String, Object> product(int number) {
        var product = entity("Product", "upc", number + 1);
        product.put("name", PRODUCTS[number]);
        product.put("price", 54 + 845 * ((number + 1) % 4));
        product.put("weight", 50 + 150 * (number % 7));
        product.put("inStock", number % 3 != 1);
        product.put("reviews", new ArrayList<Map<String, Object>>());
        Function<Map<?, ?>, Object> estimate = ShopData::shippingEstimate;
        product.put("shippingEstimate", estimate);
        return product;
    }

    /// Free for what is expensive.
    private static int shippingEstimate(Map<?, ?> product) {
        int price = number(product, "price");
        int weight = number(product, "weight");
        return price > 1_000 ? 0 : weight / 2;
    }

    private void review(int number, Map<String, Object> author, Map<String, Object> product) {
        var review = entity("Review", "id", number + 1);
        review.put("body", BODIES[number % BODIES.length]);
        review.put("author", author);
        review.put("product", product);
        reviews(author).add(review);
        reviews(product).add(review);
    }

    private static int number(Map<?, ?> object, String field) {
        return ((Number) requireNonNull(object.get(field))).intValue();
    }

    @SuppressWarnings("unchecked") // made above
    private static List<Map<String, Object>> reviews(Map<?, ?> object) {
        return (List<Map<String, Object>>) requireNonNull(object.get("reviews"));
    }

    private Map<String, Object> part(int number) {
        var part = entity("Part", "id", number);
        part.put("name", "Part number " + number);
        part.put("size", number % 50);
        part.put("shelf", "%c%d".formatted('A' + number % 26, number % 9));
        part.put("count", number * 7 % 1_000);
        return part;
    }

    private Map<String, Object> entity(String type, String key, int number) {
        var entity = object(type);
        entity.put(key, String.valueOf(number));
        entities.put(type + ":" + number, entity);
        return entity;
    }

    private static Map<String, Object> object(String type) {
        var object = new LinkedHashMap<String, Object>();
        object.put("__typename", type);
        return object;
    }
}
