// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>

#include "ui/compare/compare_page.h"
#include "ui/compare/explained_picture.h"
#include "ui/engine/batch_run.h"

class QPushButton;

namespace ocellus {

/// The shown class among all classes and among the limited ones, and what the limit changes. Without a limit it shows
/// what one to this class and the most similar one would change.
class ContextComparison : public ComparePage {
    Q_OBJECT

public:
    ContextComparison(Document& document, LiveAnswer& answer, QWidget* parent = nullptr);

protected:
    void refresh() override;

private:
    /// What an example is of.
    struct Subject {
        std::shared_ptr<const Decoding> full; ///< also what is shown: another answer is another subject
        int classIndex = -1;
        int similar = -1;

        bool operator==(const Subject&) const = default;
    };

    void limit();
    void showMatrix(MapMatrix matrix);
    std::optional<Subject> subject() const;
    void explain(const Subject& subject);
    void showExample(const Subject& subject);

    BatchRun m_run;
    std::optional<Subject> m_asked;
    std::optional<ExplainedPicture> m_example; ///< of what was asked for
    QPushButton* m_limit;
};

} // namespace ocellus
