package dev.trivium.execution;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A graph of users, products and reviews for the shop schema.
final class ShopData {

    final Map<String, Object> root = new LinkedHashMap<>();
    final Map<String, Map<String, Object>> entities = new LinkedHashMap<>();
    private final List<Object> users = new ArrayList<>();
    private final List<Object> products = new ArrayList<>();
    private final List<Object> reviews = new ArrayList<>();

    /// Six users, nine products and eleven reviews, as in the public gateway benchmarks.
    static ShopData benchmark() {
        ShopData data = new ShopData(6, 9, 11);
        for (int i = 0; i < 11; i++) {
            data.link(i, (i * i) % 3, (i * i) % 5);
        }
        return data;
    }

    /// Anything may be missing, even what must not.
    ///
    /// @param holes how many values of a hundred are null
    static ShopData random(RandomGenerator random, int holes) {
        ShopData data =
                new ShopData(1 + random.nextInt(4), 1 + random.nextInt(4), 1 + random.nextInt(6));
        for (int i = 0; i < data.reviews.size(); i++) {
            data.link(i, random.nextInt(data.users.size()), random.nextInt(data.products.size()));
        }
        for (Map<String, Object> object : data.entities.values()) {
            object.replaceAll(
                    (key, value) -> isKey(key) || random.nextInt(100) >= holes ? value : null);
        }
        data.entities.values().forEach(object -> holesInLists(object, random, holes));
        return data;
    }

    private static boolean isKey(String key) {
        return List.of("__typename", "id", "upc", "price", "weight", "shippingEstimate")
                .contains(key);
    }

    private static void holesInLists(
            Map<String, Object> object, RandomGenerator random, int holes) {
        object.replaceAll((_, value) ->
                value instanceof List<?> list
                        ? list.stream().map(it -> random.nextInt(100) < holes ? null : it).toList()
                        : value);
    }

    private ShopData(int userCount, int productCount, int reviewCount) {
        for (int i = 1; i <= userCount; i++) {
            users.add(user(String.valueOf(i)));
        }
        for (int i = 1; i <= productCount; i++) {
            products.add(product(String.valueOf(i), i));
        }
        for (int i = 1; i <= reviewCount; i++) {
            Map<String, Object> review = entity("Review", "id", String.valueOf(i));
            review.put("body", "Body " + i + ": prefer something else, \"really\".");
            review.put("rating", i / 2.0);
            reviews.add(review);
        }
        Map<String, Object> shop = new LinkedHashMap<>();
        shop.put("__typename", "Shop");
        shop.put("name", "Corner");
        shop.put("owner", users.getFirst());
        shop.put("tags", List.of("new", "é"));
        root.put("__typename", "Query");
        root.put("me", users.getFirst());
        root.put("users", users);
        root.put("firstUser", users.getFirst());
        root.put("topProducts", products);
        root.put("latest", List.of(reviews.getLast(), products.getFirst(), users.getLast()));
        root.put("named", List.of(users.getLast(), shop, users.getFirst()));
        for (Object user : users) {
            as(user).put("friends", users.subList(0, Math.min(2, users.size())));
            as(user).put("favourite", products.getLast());
        }
    }

    private Map<String, Object> user(String id) {
        Map<String, Object> user = entity("User", "id", id);
        user.put("name", "User " + id);
        user.put("username", "urigo-" + id);
        user.put("birthday", 1_234_567_890);
        user.put("mood", id.equals("1") ? "GOOD" : "BAD");
        user.put("reviews", new ArrayList<>());
        return user;
    }

    private Map<String, Object> product(String upc, int number) {
        Map<String, Object> product = entity("Product", "upc", upc);
        product.put("name", "Product \u2116 " + upc);
        product.put("price", 100 * number);
        product.put("weight", 10 * number);
        product.put("tags", List.of("a", "b"));
        product.put("inStock", number % 2 == 0);
        product.put("shippingEstimate", 5 * number);
        product.put("reviews", new ArrayList<>());
        return product;
    }

    private Map<String, Object> entity(String type, String key, String value) {
        Map<String, Object> entity = new LinkedHashMap<>();
        entity.put("__typename", type);
        entity.put(key, value);
        entities.put(type + ':' + value, entity);
        return entity;
    }

    private void link(int review, int user, int product) {
        as(reviews.get(review)).put("author", users.get(user));
        as(reviews.get(review)).put("product", products.get(product));
        list(as(users.get(user)).get("reviews")).add(reviews.get(review));
        list(as(products.get(product)).get("reviews")).add(reviews.get(review));
    }

    @SuppressWarnings("unchecked") // Objects of the graph are maps with string keys.
    private static Map<String, Object> as(Object object) {
        return (Map<String, Object>) object;
    }

    @SuppressWarnings("unchecked") // Only called for lists of objects.
    private static List<Object> list(@Nullable Object list) {
        if (list == null) {
            throw new IllegalStateException("no list");
        }
        return (List<Object>) list;
    }
}
