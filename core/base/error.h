// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <exception>
#include <string>

namespace ocellus {

/// What kind of thing went wrong; the window and the command line choose their headline by it.
enum class ErrorCode {
    NotFound,    ///< no such file, class or tensor
    Unreadable,  ///< the system refused to read or write
    Damaged,     ///< cut short, or not what its own format promises
    Unsafe,      ///< asks for something a file from a stranger may not have
    Unsupported, ///< valid, but nothing Ocellus works with
    Mismatch,    ///< two things that must agree do not
    TooLarge,    ///< over a limit that protects the machine
    BadArgument, ///< an option or value the user gave
    Device,      ///< the GPU, its memory or its driver
    Cancelled,   ///< the user or a newer request asked to stop
    Internal     ///< a mistake of the program itself
};

/// The one exception of the project: what, where, expected and got, and the way out.
class Error : public std::exception {
public:
    /// `subject` is the file, tensor or option; `detail` one sentence without a full stop that says what was expected
    /// and what was found; `wayOut` a sentence with what the user can do, or empty.
    Error(ErrorCode code, std::string subject, std::string detail, std::string wayOut = {});

    ErrorCode code() const { return m_code; }
    const std::string& subject() const { return m_subject; }
    const std::string& detail() const { return m_detail; }
    const std::string& wayOut() const { return m_wayOut; }

    /// "subject: detail", and the way out in a second sentence.
    const char* what() const noexcept override { return m_message.c_str(); }

private:
    ErrorCode m_code;
    std::string m_subject;
    std::string m_detail;
    std::string m_wayOut;
    std::string m_message;
};

} // namespace ocellus
