// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/engine/exporter.h"

#include <exception>
#include <utility>

namespace ocellus {

Exporter::Exporter(QObject* parent) : QObject(parent)
{
    m_pool.setMaxThreadCount(1);
}

Exporter::~Exporter()
{
    m_pool.waitForDone();
}

void Exporter::write(const QString& path, std::function<void()> write)
{
    m_pool.start([this, path, write = std::move(write)] {
        try {
            write();
            QMetaObject::invokeMethod(
                this, [this, path] { emit written(path); }, Qt::QueuedConnection);
        } catch (...) {
            const Failure failure = failureOf(Step::Export, std::current_exception());
            QMetaObject::invokeMethod(
                this, [this, failure] { emit failed(failure); }, Qt::QueuedConnection);
        }
    });
}

} // namespace ocellus
