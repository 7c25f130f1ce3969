//! The ways a reader fails its panel, to be switched on and off while it runs.

/// What goes wrong; by default nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReaderFaults {
    /// Hears nothing.
    pub silent: bool,
    /// Carries the next so many commands out and does not answer them.
    pub loses_answers: u32,
    /// Sends bytes before each answer that belong to none.
    pub noise: bool,
    /// One bit of each answer is wrong.
    pub flips_a_bit: bool,
    /// Answers "busy" to the next so many commands.
    pub busy: u32,
    /// Knows no secure channel.
    pub plain_only: bool,
    /// Forgets its channel at the next command, as after a loss of power.
    pub loses_power: bool,
    /// Refuses the next order of its relay with this NAK.
    pub refuses_output: Option<u8>,
    /// Does not know the question for its inputs.
    pub no_inputs: bool,
}
