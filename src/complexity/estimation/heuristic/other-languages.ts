import type { PhraseBook } from './lexicon.js';

const GERMAN: PhraseBook = {
  edit: 'tippfehler,rechtschreibfehler,schreibfehler,umbenennen,formatierung,leerzeichen',
  change:
    'andern,anpassen,ausblenden,anzeigen,entfernen,loschen,hinzufugen,erganzen,aktualisieren,ersetzen,verschieben',
  build:
    'entwickeln,bauen,erstellen,implementieren,einfuhren,aufbauen,entwerfen,umsetzen,entwicklung,einfuhrung',
  remake: 'migrieren,neu schreiben,umbauen,umstellen,umstellung,neugestaltung,ablosen,uberarbeiten,portieren',
  join: 'anbinden,anbindung,integrieren,schnittstelle',
  repair: 'beheben,reparieren,fehler,absturz,sturzt',
  scope: 'system,plattform,architektur,datenbank,anwendung,portal,infrastruktur',
  detail: 'schaltflache,knopf,feld,farbe,text,beschriftung,fusszeile,hinweis,spalte',
  breadth:
    'gesamte,gesamten,komplett,komplette,alle,mandantenfahig,mandantenfahige,verteilt,verteilte,echtzeit',
  risk: 'sicherheit,verschlusselung,abrechnung,zahlung,zahlungen,anmeldung,berechtigungen,datenschutz,dsgvo',
  hedge: 'nur,einfach,einfache,klein,kleine,kleiner,kurz',
  place: 'auf,im,fur,von,bei,mit,wenn,am,zum,zur,nach,aus',
};

const SPANISH: PhraseBook = {
  edit: 'error tipografico,errata,ortografia,renombrar,errores tipograficos',
  change: 'cambiar,ajustar,ocultar,mostrar,eliminar,quitar,actualizar,agregar,anadir,mover,reemplazar',
  build: 'construir,implementar,crear,desarrollar,introducir,disenar',
  remake: 'migrar,reescribir,redisenar,rehacer,modernizar,migracion',
  join: 'integrar,integracion,conectar,sincronizar',
  repair: 'corregir,arreglar,falla,fallo,error',
  scope: 'sistema,plataforma,arquitectura,motor,aplicacion,microservicios,infraestructura,base de datos',
  detail: 'boton,campo,color,texto,etiqueta,enlace,mensaje,icono',
  breadth: 'toda,todo,todas,todos,completa,completo,distribuido,distribuida,tiempo real,multi inquilino',
  risk: 'seguridad,autenticacion,cifrado,pagos,pago,facturacion,permisos',
  hedge: 'solo,simple,simplemente,pequeno,pequena,facil',
  place: 'en,para,cuando,por,desde',
};

const FRENCH: PhraseBook = {
  edit: 'faute de frappe,coquille,orthographe,renommer',
  change: 'changer,modifier,masquer,afficher,supprimer,ajouter,deplacer,remplacer,mettre a jour',
  build: 'construire,implementer,creer,developper,introduire,concevoir,mettre en place',
  remake: 'migrer,reecrire,refondre,refonte,moderniser,repenser',
  join: 'integrer,integration,connecter,synchroniser',
  repair: 'corriger,reparer,erreur,plantage',
  scope: 'systeme,plateforme,architecture,moteur,application,microservices,infrastructure,base de donnees',
  detail: 'bouton,champ,couleur,texte,libelle,lien,icone',
  breadth: 'toute,tout,toutes,tous,entiere,complete,distribue,temps reel',
  risk: 'securite,authentification,chiffrement,paiement,paiements,facturation',
  hedge: 'juste,simple,simplement,petit,petite',
  place: 'sur,dans,pour,avec,quand,lorsque,depuis,au,aux',
};

const PORTUGUESE_AND_ITALIAN: PhraseBook = {
  edit: 'erro de digitacao,renomear,refuso,errore di battitura,rinominare',
  change:
    'alterar,remover,adicionar,atualizar,exibir,cambiare,rimuovere,aggiungere,aggiornare,mostrare,nascondere',
  build: 'desenvolver,criar,construir,projetar,sviluppare,creare,costruire,implementare,progettare',
  remake: 'reescrever,redesenhar,riscrivere,riprogettare,migrare,rifare',
  repair: 'consertar,correggere,risolvere',
  scope:
    'plataforma,arquitetura,aplicacao,microsservicos,piattaforma,architettura,motore,applicazione,microservizi',
  detail: 'botao,texto,cor,bottone,pulsante,campo,testo,colore',
  breadth: 'inteira,inteiro,tempo real,intera,intero,tutta,tempo reale',
  risk: 'seguranca,autenticacao,pagamento,pagamentos,sicurezza,autenticazione,pagamenti,fatturazione',
  hedge: 'apenas,pequeno,solo,semplice,piccolo',
  place: 'na,nas,nella,nel,sulla,per',
};

const RUSSIAN: PhraseBook = {
  edit: 'опечатка,опечатку,опечатки,переименовать,орфография',
  change: 'изменить,скрыть,показать,удалить,добавить,обновить,заменить,убрать',
  build: 'разработать,создать,реализовать,построить,внедрить,спроектировать,разработка',
  remake: 'переписать,мигрировать,перенести,переработать,миграция,рефакторинг',
  join: 'интегрировать,интеграция,подключить',
  repair: 'исправить,починить,ошибка,ошибку',
  scope:
    'система,систему,системы,платформа,платформу,платформы,архитектура,архитектуру,приложение,микросервисы',
  detail: 'кнопка,кнопку,кнопки,поле,текст,цвет,ссылка,ссылку,иконка',
  breadth: 'весь,всю,все,всей,распределенную,распределенная,реального времени',
  risk: 'безопасность,авторизация,авторизации,аутентификация,аутентификацию,платежи,платежей,шифрование',
  hedge: 'просто,только,простой,небольшой',
  place: 'на,в,для,при,с,из,после,через',
};

/** Parts of runs, because these scripts don't part words. */
const EAST_ASIAN: PhraseBook = {
  edit: '错别字,拼写,重命名,誤字,誤字脱字,タイポ,오타',
  change: '修改,添加,删除,更新,隐藏,显示,変更,追加,削除,表示,非表示,수정,추가,삭제',
  build: '开发,实现,构建,创建,设计,搭建,開発,実装,構築,作成,구현,개발,구축',
  remake: '重构,重写,迁移,重新设计,再設計,書き直,移行,刷新,리팩토링,마이그레이션,재설계',
  join: '集成,对接,連携,연동',
  repair: '修复,错误,崩溃,修正,不具合,バグ,버그',
  scope:
    '系统,平台,架构,引擎,微服务,システム,基盤,アーキテクチャ,プラットフォーム,マイクロサービス,시스템,플랫폼,아키텍처',
  detail: '按钮,文字,颜色,链接,ボタン,文言,リンク,アイコン,버튼,색상',
  breadth: '整个,全部,分布式,实时,多租户,全体,分散,リアルタイム,전체,실시간,분산',
  risk: '支付,安全,认证,加密,決済,認証,暗号,セキュリティ,결제,인증,보안',
  hedge: '简单,簡単,간단',
};

export const OTHER_LANGUAGES: readonly PhraseBook[] = [
  GERMAN,
  SPANISH,
  FRENCH,
  PORTUGUESE_AND_ITALIAN,
  RUSSIAN,
  EAST_ASIAN,
];

/** Last parts of German compounds that name something big. */
export const COMPOUND_ENDINGS = [
  'system',
  'systems',
  'plattform',
  'architektur',
  'datenbank',
  'anwendung',
  'portal',
];
