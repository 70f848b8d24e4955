// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <utility>
#include <vector>

#include <QObject>
#include <QString>

#include "core/explain/source_table.h"
#include "ui/engine/source_cache.h"
#include "ui/engine/source_inquiry.h"

namespace ocellus {

/// Several sources' maps of several classes by one model: those that are known, and the others asked for in the
/// background.
class MethodMaps : public QObject {
    Q_OBJECT

public:
    /// What is to be known.
    struct Wish {
        ViewRequest request;
        std::filesystem::path other; ///< as SourceQuestion::other
        ViewKey view;                ///< what the request comes to with that model
        std::vector<SourceText> sources;
        std::vector<int> classes;
    };
    /// What is known of one map.
    struct Known {
        std::vector<SourceMap> maps; ///< of one class; empty where `words` say why
        QString words;
        bool isPartial = false;
    };

    /// `controller` must outlive this object.
    explicit MethodMaps(EngineController& controller, QObject* parent = nullptr);

    /// What is missing is asked for, all classes of a source at once; what was asked for another wish is stopped.
    void want(const Wish& wish);
    /// Nothing is wanted any more; what is known stays.
    void stop();
    /// What failed or was stopped may be asked for again.
    void forgetFailures() { m_failures.clear(); }

    bool isRunning() const { return m_inquiry.isRunning(); }
    double fraction() const { return m_fraction; } ///< of what is asked for
    bool isKnown(const SourceText& source, const ViewKey& view, const std::vector<int>& classes);
    bool hasFailed(const SourceText& source, const ViewKey& view, const std::vector<int>& classes) const;
    Known known(const SourceText& source, const ViewKey& view, int classIndex);
    /// By what other sources took; none before one of them ran.
    std::optional<double> secondsAPass() const { return m_secondsAPass; }

signals:
    void changed(); ///< known(), isRunning()
    void progressed();

private:
    SourceKey keyOf(const SourceText& source, const ViewKey& view, int classIndex) const;
    void ask(std::vector<SourceText> missing);
    void take(const SourceAnswer& answer);
    void measure(const SourceAnswer& answer);
    void fail(const SourceText& source, const QString& words);
    void end();

    SourceTable m_table;
    SourceCache m_cache{std::size_t{128} << 20};
    SourceInquiry m_inquiry;
    std::optional<Wish> m_wish;
    std::vector<SourceText> m_asked; // those of the wish that are on their way
    std::vector<std::pair<SourceKey, QString>> m_failures;
    SourceAnswer m_partial;
    double m_fraction = 0;
    std::optional<double> m_secondsAPass;
};

} // namespace ocellus
