use super::*;

/// Black and white stripes, 8 wide, upright.
fn stripes() -> Grey {
    let pixels = (0..200 * 200).map(|at| if (at % 200) / 8 % 2 == 0 { 20 } else { 220 });
    Grey::new(200, 200, pixels.collect())
}

#[test]
fn stripes_are_put_upright_from_any_angle() {
    for degrees in [-40.0, -12.5, -3.0, 0.0, 7.0, 30.0, 44.0] {
        let found = stripes().turned(degrees, 1.0).skew();
        assert!((found - degrees).abs() <= 1.0, "{degrees}: {found}");
    }
}

#[test]
fn low_contrast_is_stretched_to_black_and_white() {
    let dull = Grey::new(200, 200, stripes().pixels().iter().map(|p| 100 + p / 16).collect());
    let stretched = dull.stretched();
    assert!(stretched.pixels().contains(&0) && stretched.pixels().contains(&255));
    let flat = Grey::new(2, 2, vec![7; 4]).stretched();
    assert_eq!((flat.width(), flat.height()), (2, 2));
}

#[test]
fn turning_there_and_back_leaves_the_middle() {
    let back = stripes().turned(90.0, 1.0).turned(-90.0, 1.0);
    let middle = |grey: &Grey| grey.pixels()[100 * grey.width() + 100];
    assert!(middle(&back).abs_diff(middle(&stripes())) < 8);
    assert_eq!(stripes().turned(0.0, 2.0).width(), 400);
}

#[test]
fn rows_are_shrunk_as_they_come() {
    let mut shrinker = Shrinker::new(5, 2);
    for row in [[0, 100, 200, 200, 9], [0, 100, 200, 200, 9], [1, 1, 1, 1, 9]] {
        shrinker.row(&row);
    }
    let shrunk = shrinker.done();
    assert_eq!((shrunk.width(), shrunk.height(), shrunk.pixels()), (2, 1, &[50, 200][..]));
}

#[test]
fn parts_are_cut_to_what_there_is() {
    let part = stripes().cropped(190, 190, 50, 50);
    assert_eq!((part.width(), part.height(), part.pixels().len()), (10, 10, 100));
    assert_eq!(stripes().cropped(500, 500, 5, 5).pixels().len(), 0);
}
