// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/prototype_commands.h"

#include <utility>

#include <QAction>
#include <QFileInfo>
#include <QLocale>

#include "core/projection/projection_cache.h"
#include "ui/document/document.h"
#include "ui/document/live_answer.h"
#include "ui/document/open_model_request.h"
#include "ui/engine/paths.h"
#include "ui/window/heads_page.h"
#include "ui/window/task_status.h"
#include "ui/window/window_actions.h"

namespace ocellus {

namespace {

std::string keyOf(const ModelDescription& model)
{
    return searchKey(model, searchPreprocess(model));
}

} // namespace

PrototypeCommands::PrototypeCommands(Document& document, LiveAnswer& answer, Settings& settings, AskForFiles ask,
                                     HeadsPage& page, const WindowActions& actions, QWidget* window)
    : m_document(document),
      m_answer(answer),
      m_settings(settings),
      m_ask(std::move(ask)),
      m_page(page),
      m_find(actions.at(Command::FindPatches)),
      m_window(window),
      m_search(answer.controller())
{
    connect(m_find, &QAction::triggered, this, &PrototypeCommands::choose);
    connect(&m_document, &Document::modelChanged, this, &PrototypeCommands::takeModel);
    connect(&m_answer.prototypePatches(), &PrototypePatchLoader::changed, this, &PrototypeCommands::tellState);
    connect(m_page.patchTask(), &TaskStatus::cancelRequested, &m_search, &PrototypeSearch::cancel);
    connect(&m_search, &PrototypeSearch::progressed, this, &PrototypeCommands::showProgress);
    connect(&m_search, &PrototypeSearch::found, this, &PrototypeCommands::take);
    connect(&m_search, &PrototypeSearch::failed, this, [this](const Failure& failure) {
        tellState();
        emit failed(failure);
    });
    connect(&m_search, &PrototypeSearch::finished, this, &PrototypeCommands::tellState);
    connect(&m_search, &PrototypeSearch::cancelled, this, &PrototypeCommands::tellState);
    tellState();
}

void PrototypeCommands::choose()
{
    FileQuestion question;
    question.kind = FileQuestion::Kind::OpenFolder;
    question.title = tr("Find the prototypes' patches in the training pictures of");
    question.folder = m_settings.text(Setting::LastFolder);
    m_ask(m_window, question, [this, key = keyOf(*m_document.model())](const QStringList& paths) {
        // What is written next belongs beside the pictures, not among them.
        m_settings.setValue(Setting::LastFolder, QFileInfo(paths.first()).absolutePath());
        if (m_document.model() && keyOf(*m_document.model()) == key) // else it went while the dialog was open
            search(toPath(paths.first()));
    });
}

void PrototypeCommands::search(const std::filesystem::path& folder)
{
    if (!m_document.model() || !hasPrototypes(m_document.model()->config))
        return;
    PrototypeSearch::Wish wish;
    wish.request = openModelRequest(m_document);
    wish.request.checkpoint = m_document.model()->path;
    wish.folder = folder;
    wish.cache = projectionCache();
    if (const ClassNames& names = m_document.classNames(); !names.path().empty() && names.areKnown())
        wish.given = names.table();
    m_folder = toQString(folder.filename().empty() ? folder.parent_path().filename() : folder.filename());
    m_key = keyOf(*m_document.model());
    m_page.patchTask()->begin(tr("Searching %1 for patches").arg(m_folder));
    m_search.start(wish);
    tellState();
}

/// What is on its way belongs to the model before.
void PrototypeCommands::takeModel()
{
    if (m_search.isRunning() && (!m_document.model() || keyOf(*m_document.model()) != m_key))
        m_search.cancel();
    tellState();
}

void PrototypeCommands::take(const std::shared_ptr<const PrototypeProjection>& projection)
{
    tellState();
    if (!m_document.model() || keyOf(*m_document.model()) != projection->key) {
        emit done(tr("The patches that were found are of %1 as its file is now: open it again to see them.")
                      .arg(m_document.model() ? toQString(m_document.model()->path.filename()) : QString()));
        return;
    }
    m_answer.prototypePatches().setProjection(projection);
    emit done(tr("Found the patches of %n prototype(s) in %1.", nullptr, static_cast<int>(projection->found.size()))
                  .arg(m_folder));
}

void PrototypeCommands::showProgress(int pictures, int all)
{
    m_page.patchTask()->setProgress(pictures, all);
}

void PrototypeCommands::tellState()
{
    const bool canFind = m_document.model() && hasPrototypes(m_document.model()->config);
    const auto& patches = m_answer.prototypePatches().patches();
    m_find->setVisible(canFind);
    m_find->setEnabled(canFind);
    if (!m_search.isRunning())
        m_page.patchTask()->end();
    m_page.offerPatches(*m_find, canFind && !m_search.isRunning() && patches && !patches->areThere);
}

} // namespace ocellus
