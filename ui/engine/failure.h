// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <exception>

#include <QMetaType>
#include <QString>

#include "core/base/error.h"

namespace ocellus {

/// What the user was after when something went wrong; it decides what the window goes back to.
enum class Step { Device, Model, ClassTable, Picture, Edit, Explain, Export, Session, Dataset, Training };

/// An Error as a value that crosses threads and waits in the message bar.
struct Failure {
    Step step = Step::Explain;
    ErrorCode code = ErrorCode::Internal;
    QString subject; ///< the file, tensor or option
    QString detail;  ///< what was expected and what was found
    QString wayOut;  ///< what the user can do; may be empty

    bool isCancelled() const { return code == ErrorCode::Cancelled; }
};

/// Takes the exception that is being handled apart; what is no Error becomes Internal, memory that ran out TooLarge.
Failure failureOf(Step step, const std::exception_ptr& exception);

/// "subject: detail" on one line, for the log and the message bar.
QString summary(const Failure& failure);

} // namespace ocellus

Q_DECLARE_METATYPE(ocellus::Failure)
