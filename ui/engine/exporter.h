// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include <QObject>
#include <QString>
#include <QThreadPool>

#include "ui/engine/failure.h"

namespace ocellus {

/// Writes files on a thread of its own, one after the other.
class Exporter : public QObject {
    Q_OBJECT

public:
    explicit Exporter(QObject* parent = nullptr);
    /// Waits for what was begun: a file that the user asked for is written.
    ~Exporter() override;

    /// `write` owns what it needs and throws Error where it fails.
    void write(const QString& path, std::function<void()> write);

signals:
    void written(const QString& path);
    void failed(const ocellus::Failure& failure);

private:
    QThreadPool m_pool;
};

} // namespace ocellus
