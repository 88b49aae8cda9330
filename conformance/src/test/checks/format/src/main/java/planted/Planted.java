package planted;

final class Planted {
  static int two( ) { return 2; }
}
