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
fn quarters_are_turned_pixel_for_pixel() {
    let small = Grey::new(3, 2, vec![1, 2, 3, 4, 5, 6]);
    let turned = |quarters: usize| {
        let turned = small.turned_by_quarters(quarters);
        (turned.width(), turned.pixels().to_vec())
    };
    assert_eq!(turned(0), (3, vec![1, 2, 3, 4, 5, 6]));
    assert_eq!(turned(1), (2, vec![4, 1, 5, 2, 6, 3]));
    assert_eq!(turned(2), (3, vec![6, 5, 4, 3, 2, 1]));
    assert_eq!(turned(3), (2, vec![3, 6, 2, 5, 1, 4]));
    // The same way round as by degrees.
    let corner =
        Grey::new(60, 40, (0..2_400).map(|at| if at % 60 < 20 && at < 1_200 { 0 } else { 250 }).collect());
    for quarters in 1..4 {
        let (own, other) = (corner.turned_by_quarters(quarters), corner.turned(quarters as f32 * 90.0, 1.0));
        for (x, y) in
            [(5, 5), (own.width() - 6, 5), (5, own.height() - 6), (own.width() - 6, own.height() - 6)]
        {
            let of = |grey: &Grey| grey.pixels()[y * grey.width() + x] < 125;
            assert_eq!(of(&own), of(&other), "{quarters} {x} {y}");
        }
    }
}

#[test]
fn a_part_at_an_angle_is_cut_out_level() {
    for degrees in [-30.0_f32, -5.0, 12.0, 40.0] {
        let askew = stripes().turned(degrees, 1.0);
        let middle = (askew.width() as f32 / 2.0, askew.height() as f32 / 2.0);
        let part = askew.level(middle, degrees, 120.0, 60.0);
        assert_eq!((part.width(), part.height()), (120, 60));
        let near = |a: u8, b: u8| a.abs_diff(b) < 40;
        let (top, bottom) = (&part.pixels()[..120], &part.pixels()[59 * 120..]);
        let same = top.iter().zip(bottom).filter(|(a, b)| near(**a, **b)).count();
        assert!(same > 100, "{degrees}: {same} of 120 columns are upright");
    }
    let beyond = stripes().level((200.0, 100.0), 0.0, 100.0, 10.0);
    assert_eq!(beyond.pixels()[99], OUTSIDE, "there is nothing right of the picture");
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
