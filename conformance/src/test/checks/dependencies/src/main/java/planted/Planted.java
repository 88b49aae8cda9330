package planted;

final class Planted {}
