//! A lock board of the `lock8a` family as it really talks.
