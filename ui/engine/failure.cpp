// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/engine/failure.h"

#include <new>

#include <QCoreApplication>

namespace ocellus {

Failure failureOf(Step step, const std::exception_ptr& exception)
{
    try {
        std::rethrow_exception(exception);
    } catch (const Error& error) {
        return {step, error.code(), QString::fromStdString(error.subject()), QString::fromStdString(error.detail()),
                QString::fromStdString(error.wayOut())};
    } catch (const std::bad_alloc&) {
        return {step,
                ErrorCode::TooLarge,
                {},
                QCoreApplication::translate("Failure", "the memory ran out"),
                QCoreApplication::translate("Failure", "Close other programs, or choose a smaller input size in the "
                                                       "settings.")};
    } catch (const std::exception& error) {
        return {step, ErrorCode::Internal, {}, QString::fromUtf8(error.what()), {}};
    }
}

QString summary(const Failure& failure)
{
    return failure.subject.isEmpty() ? failure.detail : failure.subject + QStringLiteral(": ") + failure.detail;
}

} // namespace ocellus
