//! The program as it is shipped, as a process: the demonstration's main job, and the commands.

mod commands;
mod http;
mod main_job;
mod process;
