import type { PhraseBook } from './lexicon.js';

/** Words of engineers' task titles. Stems cover the other forms of a word. */
export const ENGLISH: PhraseBook = {
  edit:
    'typo,typos,spelling,misspelling,misspelled,wording,whitespace,indentation,copyright,capitalization,punctuation,' +
    'grammar,rename,bump,reword,lint,unused import,unused imports,unused variable,dead link,broken link,' +
    'comment out,version bump,code comment,formatting,changelog,gitignore,casing,semicolon',
  change:
    'change,adjust,tweak,hide,show,display,remove,delete,set,update,correct,increase,decrease,enable,disable,move,' +
    'add,allow,print,log,replace,swap,use,reorder,align,toggle,return,expose,improve,clarify,document,extend',
  build:
    'build,implement,create,develop,introduce,design,establish,construct,set up,setup,launch,support,provide,write',
  remake:
    'rewrite,redesign,migrate,migration,replatform,overhaul,rearchitect,re architect,re write,re design,rebuild,' +
    're implement,reimplement,modernize,restructure,rework,decompose,port,split up,consolidate,containerize,refactor',
  join: 'integrate,integration,upgrade,connect,synchronize,sync,interface with,investigate,optimize,automate',
  repair:
    'fix,repair,resolve,fails,failing,fail,crash,crashes,broken,bug,error,exception,hotfix,patch,wrong,incorrect',
  scope:
    'engine,platform,architecture,framework,system,subsystem,infrastructure,microservices,microservice,monolith,' +
    'pipeline,application,app,product,marketplace,portal,compiler,parser,database,data warehouse,data lake,' +
    'data model,backend,frontend,front end,back end,code base,codebase,website,sdk,public api,rest api,cluster,' +
    'operating system,kernel,language,protocol,scheduler,orchestration,authorization server,identity provider,' +
    'design system,editor,ecosystem,suite,mobile app,server,replication,plugin system,crm,erp,cms',
  detail:
    'button,label,field,icon,text,color,colour,message,banner,tooltip,spinner,footer,header,link,placeholder,' +
    'variable,constant,flag,feature flag,default value,timeout,column,index,checkbox,logo,favicon,margin,padding,' +
    'font,readme,docs,year,parameter,log message,error message,env var,environment variable,css,getter,' +
    'comment,string,title,badge,menu item,dropdown,version,pagination,unit test,unit tests,endpoint,config value',
  breadth:
    'multi tenant,multitenant,multi region,multi tenancy,distributed,real time,realtime,end to end,whole,entire,' +
    'complete,all,every,across,self service,event driven,high availability,highly available,fault tolerant,scalable,' +
    'horizontally,cross platform,offline,collaborative,active active,from scratch,internationalization,' +
    'localization,i18n,multi language,accessible,accessibility,wcag,enterprise,global,multiple services,' +
    'zero downtime,plugin,pluggable,disaster recovery,data centers,ai,machine learning,recommendation,recommendations,monolith,legacy,server side',
  risk:
    'security,authentication,authorization,single sign on,sso,saml,oauth,oauth2,oidc,encryption,encrypt,permissions,' +
    'access control,rbac,billing,payment,payments,checkout,refund,refunds,compliance,gdpr,pci,hipaa,audit,' +
    'performance,latency,throughput,scalability,backward compatible,backwards compatible,breaking change,' +
    'schema change,data migration,transaction,transactions,webhooks,caching,cache invalidation,concurrency,' +
    'stored procedures,rollback,sharding,rate limiting,production outage,kubernetes,websocket,cryptography,secrets,fraud,' +
    'full text search,two factor,2fa,mfa',
  elusive:
    'race condition,race conditions,deadlock,deadlocks,memory leak,leak,leaks,data loss,data corruption,corruption,' +
    'intermittent,intermittently,sporadic,sporadically,flaky,heisenbug,under load,randomly,non deterministic,' +
    'segfault,out of memory,thread safety,starvation,hangs,duplicate charges,inconsistent',
  hedge:
    'just,simple,simply,small,minor,quick,quickly,trivial,tiny,easy,only,little,one line,one liner,straightforward',
  place:
    'in,on,for,when,at,by,that,which,where,while,after,before,during,under,via,if,because,so,within,inside,' +
    'with,from,to,into,without,about',
};
